"""totp: RFC 6238 by Python's own library, so that the service's codes meet another's arithmetic."""
import base64
import hashlib
import hmac
import struct
import time


def code(secret_base32, moment=None):
    key = base64.b32decode(secret_base32 + "=" * (-len(secret_base32) % 8))
    step = int((time.time() if moment is None else moment) // 30)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"
