"""Which hosts are this machine itself: nobody on the way can read what goes there."""

from ipaddress import ip_address


def is_loopback(host: str | None) -> bool:
    """Tell whether a host, by name or address, is this machine; ``None``: no host was named."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
