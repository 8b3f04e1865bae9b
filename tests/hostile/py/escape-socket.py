# status: error
# code: uncaught_error
# why: no network
import socket
socket.create_connection(('127.0.0.1', 80))
