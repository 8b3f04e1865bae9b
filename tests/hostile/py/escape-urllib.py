# status: error
# code: uncaught_error
# why: no network
import urllib.request
urllib.request.urlopen('http://127.0.0.1/')
