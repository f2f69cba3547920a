"""Bytes as they are, over a plain socket."""
import re
import socket
from urllib.parse import urlsplit


def exchange(url, data, seconds=5.0):
    """Sends `data`, then reads until the server closes or is silent for `seconds`. (answer, closed)"""
    address = urlsplit(url)
    received = b""
    with socket.create_connection((address.hostname, address.port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass
        while True:
            try:
                part = connection.recv(65536)
            except (ConnectionResetError, BrokenPipeError):
                return received, True
            except socket.timeout:
                return received, False
            if not part:
                return received, True
            received += part


def statuses(answer):
    """The status of every answer in the bytes."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]
