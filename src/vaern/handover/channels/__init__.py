"""The closed table of channels. A new one is a folder here, a line here, and a section in docs/channels.md."""

from collections.abc import Mapping

from vaern.handover.channels.crisis_help import CHANNEL as CRISIS_HELP
from vaern.handover.channels.defgo import CHANNEL as DEFGO
from vaern.handover.channels.easy import CHANNEL as EASY
from vaern.handover.channels.esdh import CHANNEL as ESDH
from vaern.handover.channels.insubiz import CHANNEL as INSUBIZ
from vaern.handover.channels.insubiz import DECLINED as INSUBIZ_DECLINED
from vaern.handover.channels.platform import CHANNEL as PLATFORM
from vaern.handover.channels.police import CHANNEL as POLICE
from vaern.handover.channels.safetynet import CHANNEL as SAFETYNET
from vaern.handover.facts import Channel

CHANNELS: Mapping[str, Channel] = {
    one.id: one for one in (SAFETYNET, INSUBIZ, INSUBIZ_DECLINED, DEFGO, EASY, POLICE, CRISIS_HELP, PLATFORM, ESDH)
}
