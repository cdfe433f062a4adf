"""The socket that a server takes connections from."""

import socket

from sync_server.commands.serving import listening


def test_an_answer_in_two_writes_does_not_wait_for_the_first_to_be_acknowledged():
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
