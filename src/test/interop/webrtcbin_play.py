"""Plays a stream by GStreamer's webrtcbin: webrtcbin_play.py WEBSOCKET NAME SECONDS. Counts what is decoded."""
import sys
import threading

import gi

for module, version in (('Gst', '1.0'), ('GstWebRTC', '1.0'), ('GstSdp', '1.0')):
    gi.require_version(module, version)
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

from wcs import Wcs, report  # noqa: E402

AUDIO = ('application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,'
         'encoding-params=(string)2')
VIDEO = ('application/x-rtp,media=video,encoding-name=H264,payload=102,clock-rate=90000,'
         'packetization-mode=(string)1,profile-level-id=(string)42e01f,rtcp-fb-nack-pli=(boolean)true')
DECODERS = {'video': 'rtph264depay ! h264parse ! avdec_h264', 'audio': 'rtpopusdepay ! opusdec'}

Gst.init(None)
url, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
counts = {'video': 0, 'audio': 0}
pipeline = Gst.Pipeline.new('play')
peer = Gst.ElementFactory.make('webrtcbin', 'peer')
peer.set_property('bundle-policy', GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
pipeline.add(peer)
# the loopback interface, where the tests run, libnice leaves out by itself
ice = peer.get_property('ice-agent')
ice.emit('add-local-ip-address', '127.0.0.1')
loop = GLib.MainLoop()
wcs = Wcs(url)
held = []


def decode(_, pad):
    caps = pad.get_current_caps() or pad.query_caps(None)
    kind = caps.get_structure(0).get_string('media')
    sink = Gst.parse_bin_from_description(
        'queue ! %s ! fakesink name=sink sync=false signal-handoffs=true' % DECODERS[kind], True)

    def count(*_):
        counts[kind] += 1

    sink.get_by_name('sink').connect('handoff', count)
    pipeline.add(sink)
    sink.sync_state_with_parent()
    pad.link(sink.get_static_pad('sink'))


def play():
    try:
        offer = peer.get_property('local-description').sdp.as_text()
        _, answer = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(wcs.play(name, offer).encode(), answer)
        promise = Gst.Promise.new()
        peer.emit('set-remote-description', GstWebRTC.WebRTCSessionDescription.new(
            GstWebRTC.WebRTCSDPType.ANSWER, answer), promise)
        promise.wait()
        end = wcs.status(('STOPPED', 'FAILED'), seconds)
        report(counts['video'], counts['audio'], end or wcs.stop())
    finally:
        loop.quit()


def gathered(*_):
    if peer.get_property('ice-gathering-state') == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
        threading.Thread(target=play, daemon=True).start()


def offered(promise, *_):
    promise.wait()
    reply = promise.get_reply()
    offer = reply.get_value('offer')
    peer.emit('set-local-description', offer, Gst.Promise.new())
    # the offer lies in the reply
    held.append((promise, reply, offer))


for caps in (AUDIO, VIDEO):
    peer.emit('add-transceiver', GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, Gst.Caps.from_string(caps))
peer.connect('pad-added', decode)
peer.connect('notify::ice-gathering-state', gathered)
peer.connect('on-negotiation-needed',
             lambda _: peer.emit('create-offer', None, Gst.Promise.new_with_change_func(offered, None, None)))
pipeline.set_state(Gst.State.PLAYING)
GLib.timeout_add(int(seconds * 1000) + 40_000, loop.quit)
loop.run()
pipeline.set_state(Gst.State.NULL)
