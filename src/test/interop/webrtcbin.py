"""Plays or publishes a stream by GStreamer's webrtcbin: webrtcbin.py BUNDLE-POLICY play WEBSOCKET NAME SECONDS, or
webrtcbin.py BUNDLE-POLICY publish WEBSOCKET NAME SECONDS FILM. Counts what is decoded, or the pictures and packets of
sound that are sent."""
import sys
import threading

import gi

for module, version in (('Gst', '1.0'), ('GstWebRTC', '1.0'), ('GstSdp', '1.0')):
    gi.require_version(module, version)
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

from wcs import Wcs, report  # noqa: E402

RTP = {
    'audio': 'application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,encoding-params=(string)2',
    'video': 'application/x-rtp,media=video,encoding-name=H264,payload=102,clock-rate=90000,'
             'packetization-mode=(string)1,profile-level-id=(string)42e01f,rtcp-fb-nack-pli=(boolean)true'}
DECODERS = {'video': 'rtph264depay ! h264parse ! avdec_h264', 'audio': 'rtpopusdepay ! opusdec'}
# the picture as it is, sound as Opus, each unit when it is due
FILM = ('filesrc location="%s" ! qtdemux name=film '
        'film.video_0 ! queue max-size-time=0 ! h264parse config-interval=-1 ! '
        'video/x-h264,stream-format=byte-stream,alignment=au ! clocksync name=video ! '
        'rtph264pay aggregate-mode=zero-latency ! ' + RTP['video'] + ' ! peer. '
        'film.audio_0 ! queue max-size-time=0 ! avdec_aac ! audioconvert ! audioresample ! '
        'opusenc ! clocksync name=audio ! rtpopuspay ! ' + RTP['audio'] + ' ! peer. webrtcbin name=peer')

Gst.init(None)
policy, what, url, name, seconds = sys.argv[1:6]
published = what == 'publish'
counts = {'video': 0, 'audio': 0}


def count(kind):
    def one(*_):
        counts[kind] += 1
        return Gst.PadProbeReturn.OK
    return one


if published:
    pipeline = Gst.parse_launch(FILM % sys.argv[6])
    for medium in counts:
        pipeline.get_by_name(medium).get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, count(medium))
    peer = pipeline.get_by_name('peer')
else:
    pipeline = Gst.Pipeline.new('play')
    peer = Gst.ElementFactory.make('webrtcbin', 'peer')
    pipeline.add(peer)
peer.set_property('bundle-policy', getattr(GstWebRTC.WebRTCBundlePolicy, policy))
# the loopback interface, where the tests run, libnice leaves out by itself
ice = peer.get_property('ice-agent')
ice.emit('add-local-ip-address', '127.0.0.1')
# by default sender reports tell when units were sent, by latencies that differ between transports: of a film it is known
# when they are due
peer.get_by_name('rtpbin').set_property('rtcp-sync-send-time', False)
loop = GLib.MainLoop()
wcs = Wcs(url)
held = []


def decode(_, pad):
    caps = pad.get_current_caps() or pad.query_caps(None)
    kind = caps.get_structure(0).get_string('media')
    sink = Gst.parse_bin_from_description(
        'queue ! %s ! fakesink name=sink sync=false signal-handoffs=true' % DECODERS[kind], True)
    sink.get_by_name('sink').connect('handoff', count(kind))
    pipeline.add(sink)
    sink.sync_state_with_parent()
    pad.link(sink.get_static_pad('sink'))


def exchange():
    try:
        offer = peer.get_property('local-description').sdp.as_text()
        _, answer = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(wcs.start(name, offer, published).encode(), answer)
        promise = Gst.Promise.new()
        peer.emit('set-remote-description', GstWebRTC.WebRTCSessionDescription.new(
            GstWebRTC.WebRTCSDPType.ANSWER, answer), promise)
        promise.wait()
        end = wcs.end(float(seconds))
        report(counts['video'], counts['audio'], end)
    finally:
        loop.quit()


def gathered(*_):
    if peer.get_property('ice-gathering-state') == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
        threading.Thread(target=exchange, daemon=True).start()


def offered(promise, *_):
    promise.wait()
    reply = promise.get_reply()
    offer = reply.get_value('offer')
    peer.emit('set-local-description', offer, Gst.Promise.new())
    # the offer lies in the reply
    held.append((promise, reply, offer))


if not published:
    for medium in ('audio', 'video'):
        peer.emit('add-transceiver', GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY,
                  Gst.Caps.from_string(RTP[medium]))
    peer.connect('pad-added', decode)
peer.connect('notify::ice-gathering-state', gathered)
peer.connect('on-negotiation-needed',
             lambda _: peer.emit('create-offer', None, Gst.Promise.new_with_change_func(offered, None, None)))
pipeline.set_state(Gst.State.PLAYING)
GLib.timeout_add(int(float(seconds) * 1000) + 40_000, loop.quit)
loop.run()
pipeline.set_state(Gst.State.NULL)
