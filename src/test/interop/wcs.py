"""WCS's signalling for clients in Python: one WebSocket, read by a thread, with nothing but the standard library."""
import base64
import json
import os
import socket
import struct
import threading
import time
import urllib.parse
import uuid

ENDS = ('STOPPED', 'UNPUBLISHED', 'FAILED')


class Wcs:
    """A session; blocks until the server has greeted."""

    def __init__(self, url):
        address = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((address.hostname, address.port), 20)
        self.received = b''
        self.messages = []
        self.changed = threading.Condition()
        self.media_session = str(uuid.uuid4())
        self.socket.sendall((
            'GET / HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n'
            % (address.hostname, address.port, base64.b64encode(os.urandom(16)).decode())).encode())
        while b'\r\n\r\n' not in self.received:
            self.received += self.socket.recv(4096)
        self.received = self.received.split(b'\r\n\r\n', 1)[1]
        self.socket.settimeout(None)
        threading.Thread(target=self._read, daemon=True).start()
        self.send('connection', {'appKey': 'defaultApp', 'mediaProviders': ['WebRTC'], 'clientVersion': '2.0'})
        if not self._await(lambda message: message['message'] == 'getUserData', 20):
            raise TimeoutError('the server does not greet')

    def send(self, message, data=None):
        payload = json.dumps({'message': message, 'data': [data]}).encode()
        length = len(payload)
        if length < 126:
            head = bytes([0x80 | length])
        elif length < 65536:
            head = b'\xfe' + struct.pack('>H', length)
        else:
            head = b'\xff' + struct.pack('>Q', length)
        # masked by zeros, which changes nothing (RFC 6455 section 5.3)
        self.socket.sendall(b'\x81' + head + bytes(4) + payload)

    def _take(self, count):
        while len(self.received) < count:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError
            self.received += more
        taken, self.received = self.received[:count], self.received[count:]
        return taken

    def _read(self):
        try:
            while True:
                head = self._take(2)
                length = head[1] & 127
                if length == 126:
                    length = struct.unpack('>H', self._take(2))[0]
                elif length == 127:
                    length = struct.unpack('>Q', self._take(8))[0]
                body = self._take(length)
                if head[0] & 15 != 1:
                    continue
                message = json.loads(body)
                if message['message'] == 'ping':
                    self.send('pong')
                with self.changed:
                    self.messages.append(message)
                    self.changed.notify_all()
        except (EOFError, OSError):
            pass

    def _await(self, wanted, seconds):
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                for message in self.messages:
                    if wanted(message):
                        return message
                left = end - time.monotonic()
                if left <= 0 or not self.changed.wait(left):
                    return None

    def status(self, names, seconds):
        """The first status of these, within that time; None when there was none."""
        message = self._await(lambda m: m['message'] == 'notifyStreamStatusEvent'
                              and m['data'][0].get('status') in names, seconds)
        return message and message['data'][0]

    def start(self, name, offer, published=False):
        """The answer to an offer to play, or to publish and record."""
        self.name = name
        self.published = published
        self.send('publishStream' if published else 'playStream', {
            'mediaSessionId': self.media_session, 'name': name, 'published': published, 'hasVideo': True,
            'hasAudio': True, 'status': 'PENDING', 'record': published, 'mediaProvider': 'WebRTC', 'sdp': offer})
        message = self._await(lambda m: m['message'] == 'setRemoteSDP' or m['message'] == 'notifyStreamStatusEvent'
                              and m['data'][0]['status'] == 'FAILED', 20)
        if not message or message['message'] != 'setRemoteSDP':
            raise RuntimeError('no answer: %s' % message)
        return message['data'][1]

    def end(self, seconds):
        """How it ended within that time; after it, how it does when this client ends it."""
        ended = self.status(ENDS, seconds)
        if ended:
            return ended
        self.send('unPublishStream' if self.published else 'stopStream', {
            'mediaSessionId': self.media_session, 'name': self.name, 'published': self.published,
            'status': 'PLAYING'})
        return self.status(ENDS, 15)


def report(video, audio, end):
    """What the test reads: the last line."""
    end = end or {}
    print(json.dumps({'video': video, 'audio': audio, 'status': end.get('status'), 'info': end.get('info'),
                      'record': end.get('recordName')}), flush=True)
