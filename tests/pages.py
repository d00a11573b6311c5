"""Saved pages of our own writing, in the form that people bring."""

FERRY_PAGE = """The ferry that never sailed

Image 01 Image 03

The ferry that never sailed

“A boat without a timetable is a very expensive bench.”

The city bought a ferry in 2011, and it has never left the quay. Our reader went through nine years of accounts.

Asked why, the harbour master told the council:

A boat without a timetable is a very expensive bench. We own the longest bench in the country, and we polish it every spring.

That is all the council wanted to hear, and the ferry stayed where it was.

DONATE

Comments

Tove Lind | February 3, 2019 at 2:30 pm

I worked on that quay for six years. The boat was polished every spring, by two people, with a brass band.

    Bo Sand in reply to Tove Lind. | February 3, 2019 at 3:05 pm

    The band was the cheapest part. Ask who signed for the polish.

      Ana Reis in reply to Bo Sand. | February 3, 2019 at 4:12 pm

      I did ask. The answer was four pages long and did not hold a name.

Ravi Menon | February 4, 2019 at 9:00 am

Sell it, buy two buses, and let them run on time for once.
"""
