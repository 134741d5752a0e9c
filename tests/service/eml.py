#!/usr/bin/python3
"""eml FILE HEADER | eml FILE: a header, decoded, or the text of a message, as Python's own reader of mail (RFC 5322, 2045,
2047) understands it."""
import email
import email.policy
import sys

with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)
print(message[sys.argv[2]] if len(sys.argv) > 2 else message.get_body(("plain",)).get_content(), end="")
