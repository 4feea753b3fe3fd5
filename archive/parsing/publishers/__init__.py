"""Every publisher that is known by name. To add one: a file of data, a line here, a pair of files in fixtures/pages."""

from ..publisher import Network, Publisher
from . import arabs_today

PUBLISHERS: tuple[Publisher, ...] = (*arabs_today.PUBLISHERS,)
NETWORKS: tuple[Network, ...] = (arabs_today.NETWORK,)

BY_HOST: dict[str, Publisher] = {host: publisher for publisher in PUBLISHERS for host in publisher.hosts}
