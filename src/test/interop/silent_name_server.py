"""Signs on with a server whose name server takes what it is asked and never answers: silent_name_server.py ADDRESS PORT
TIMES SERVER..., in the server's folder, run by unshare --net --mount. Prints how long the clients waited, one after the
other and at once, and how long a name of the server's address was looked for, in seconds."""
import json
import socket
import subprocess
import sys
import threading
import time

from wcs import Wcs


def network(address):
    name_server = address.rpartition('.')[0] + '.53'
    for command in ('link set lo up', 'addr add %s/32 dev lo' % address, 'addr add %s/32 dev lo' % name_server):
        subprocess.run(['ip'] + command.split(), check=True)
    with open('resolv.conf', 'w') as file:
        file.write('nameserver %s\n' % name_server)
    subprocess.run(['mount', '--bind', 'resolv.conf', '/etc/resolv.conf'], check=True)
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind((name_server, 53))
    return silent


def lookup(address):
    start = time.monotonic()
    try:
        socket.gethostbyaddr(address)
    except OSError:
        pass
    return time.monotonic() - start


def signed_on(url):
    start = time.monotonic()
    Wcs(url)
    return time.monotonic() - start


def await_server(url, server):
    while server.poll() is None:
        try:
            return signed_on(url)
        except (OSError, EOFError, IndexError):
            time.sleep(0.5)
    raise RuntimeError('the server has ended')


def main(address, port, times, *command):
    silent = network(address)
    url = 'ws://%s:%s/' % (address, port)
    with open('server.log', 'w') as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        await_server(url, server)
        single = [signed_on(url) for _ in range(int(times))]
        crowd = []
        threads = [threading.Thread(target=lambda: crowd.append(signed_on(url))) for _ in range(int(times))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(json.dumps({'lookup': lookup(address), 'single': single, 'crowd': crowd}))
    finally:
        server.terminate()
        server.wait()
        silent.close()


main(*sys.argv[1:])
