"""The words by which the parts of a plan are told: what names itself, what is no provision, what belongs to another."""

from __future__ import annotations

import re

ACTION_HEAD = re.compile(
    r"\b(?:recommend\w*|actions?|commitments?|measures?|next steps|deliverables|priorit\w+|initiatives?|we will|"
    r"what we will do|tasks?)\b|行动|任务|措施|举措|建议|保障|重点",
    re.IGNORECASE,
)
"""In a heading: what stands below it is to be done."""
NAMED = re.compile(
    r"(?:(?:Recommendation|RECOMMENDATION|(?:Key )?[Aa]ction|ACTION|Commitment|Measure"
    r"|Initiative|Policy|建议|行动)[\s\xa0]*"
    r"(?:(\d{1,3}(?:\.\d{1,2})*|[A-Z]{1,3}[\s.-]?\d{1,3}(?:[.-]\d{1,2})*[a-z]?)"
    r"(?:[\s\xa0]*[.:：—–-][\s\xa0]*|[\s\xa0]+(?=[A-Z“‘]))))"
)
"""A paragraph that names itself: "Recommendation 7: …", "Action B1.2 Train …"; its group is the number."""
PARTICULARS = re.compile(
    r"(?:Leads?|Lead (?:agency|department|authority|body)|Led by|Partners?|Supporting \w+|Owners?"
    r"|Responsible(?: \w+)?|Responsibility|Time(?:line|frame|scale|table)|Timing|Deadline|Due(?: date)?|Status|Costs?"
    r"|Budget|Funding|Resources|Indicators?|KPIs?|Metrics?"
    r"|责任单位|牵头单位|配合单位|完成时限)[\s\xa0]*[:：]"
)
"""A paragraph below an action that says who leads it, until when, and what it costs."""
PREAMBLE = re.compile(
    r"(?:(?:Also|Further|Again|Deeply|Gravely|Fully|Taking note|Bearing in mind|Having \w+|Mindful|Conscious"
    r"|Aware|Convinced|Concerned|Guided|Alarmed|Determined|Resolved|W(?:HEREAS|hereas)|[A-Z][a-z]{2,14}ing)\b.{25,})"
    r"[,;](?:\s+(?:and|AND)[,;]?)?$",
    re.DOTALL,
)
"""A clause of a resolution's or a treaty's preamble, which ends with a comma."""
PREAMBLES = 2
"""Such clauses that a preamble has at least."""
IMPRINT = re.compile(
    r"©|\bISBN\b|\bISSN\b|Crown copyright|All rights reserved|Printed (?:on|in)|This page intentionally|^\W*$|^https?://\S+$|"
    r"^(?:Presented to|Published by|Ordered by)\b|^Back to top|^This publication is (?:licensed|available)\b|"
    r"third party copyright|enquiries (?:regarding|about) this publication|need a version of this document",
    re.IGNORECASE,
)
"""Words of an imprint, which are no provision."""
BOX = re.compile(
    r"(?:Box|BOX|Case stud(?:y|ies)|CASE STUD(?:Y|IES)|I(?:n focus|N FOCUS)|Spotlight|Example|Figure|Table)\b|专栏"
)
"""The heading of a box beside the running text: numbered paragraphs that follow belong to the section around it."""
STOP = re.compile(r"[.!?。！？；;:：][”’\"')）\]]*[⁰¹²³⁴-⁹]{0,3}\s*$")
