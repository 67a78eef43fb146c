"""Which hosts are this machine itself: what goes there leaves it for nobody to read."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Tell whether a host, by name or address, is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
