"""Plays or publishes a stream by aiortc: aiortc_client.py play WEBSOCKET NAME SECONDS, or aiortc_client.py publish
WEBSOCKET NAME SECONDS FILM. Counts pictures and frames of sound, decoded or sent."""
import asyncio
import sys

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer
from aiortc.mediastreams import MediaStreamError

from wcs import Wcs, report

COUNT = {'video': 0, 'audio': 0}


async def count(track):
    try:
        while True:
            await track.recv()
            COUNT[track.kind] += 1
    except MediaStreamError:
        pass


class Counted(MediaStreamTrack):
    """A track of a film."""

    def __init__(self, source):
        super().__init__()
        self.kind = source.kind
        self.source = source

    async def recv(self):
        frame = await self.source.recv()
        COUNT[self.kind] += 1
        return frame


def receive(peer):
    for kind in ('audio', 'video'):
        peer.addTransceiver(kind, direction='recvonly')
    peer.on('track', lambda track: asyncio.ensure_future(count(track)))


def send(peer, film):
    player = MediaPlayer(film, loop=True)
    for source in (player.audio, player.video):
        sender = peer.addTransceiver(Counted(source), direction='sendonly')
        if source.kind == 'video':
            sender.setCodecPreferences([codec for codec in RTCRtpSender.getCapabilities('video').codecs
                                        if codec.name in ('H264', 'rtx')])
    return player


async def main(what, url, name, seconds, *film):
    peer = RTCPeerConnection()
    player = send(peer, *film) if what == 'publish' else receive(peer)
    await peer.setLocalDescription(await peer.createOffer())
    loop = asyncio.get_running_loop()
    wcs = Wcs(url)
    answer = await loop.run_in_executor(None, wcs.start, name, peer.localDescription.sdp, bool(player))
    await peer.setRemoteDescription(RTCSessionDescription(answer, 'answer'))
    end = await loop.run_in_executor(None, wcs.end, float(seconds))
    report(COUNT['video'], COUNT['audio'], end)
    await peer.close()


asyncio.run(main(*sys.argv[1:]))
