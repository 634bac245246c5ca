"""Plays a stream by aiortc: aiortc_play.py WEBSOCKET NAME SECONDS. Counts decoded pictures and frames of sound."""
import asyncio
import sys

from aiortc import RTCPeerConnection, RTCSessionDescription
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


async def main(url, name, seconds):
    peer = RTCPeerConnection()
    for kind in ('audio', 'video'):
        peer.addTransceiver(kind, direction='recvonly')
    peer.on('track', lambda track: asyncio.ensure_future(count(track)))
    await peer.setLocalDescription(await peer.createOffer())
    loop = asyncio.get_running_loop()
    wcs = Wcs(url)
    answer = await loop.run_in_executor(None, wcs.play, name, peer.localDescription.sdp)
    await peer.setRemoteDescription(RTCSessionDescription(answer, 'answer'))
    end = await loop.run_in_executor(None, wcs.status, ('STOPPED', 'FAILED'), seconds)
    report(COUNT['video'], COUNT['audio'], end or await loop.run_in_executor(None, wcs.stop))
    await peer.close()


asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
