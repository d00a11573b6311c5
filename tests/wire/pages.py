"""A saved page of our own writing, small enough to be imported in a breath."""

#: One article, twelve comments, answers up to three levels deep, and two comments with the same words.
LAMP_PAGE = """The lamp that is always lit

Image 01 Image 02

The lamp that is always lit

“Nobody remembers who is supposed to switch it off.”

There is a lamp at the end of Cooper Street that burns by day as well as by night. I asked the town for the switch, and was shown four of them.

The first one rings a bell in the library. The second one stops the fountain. The caretaker put it to me like this:

Every switch in this town does something, only never here. Nobody remembers who is supposed to switch it off. We have stopped asking the lamp.

So it burns, and the moths have made their peace with noon.

DONATE

Comments

Ida Brekke | May 6, 2021 at 8:05 am

My kitchen looks out on it. I have not bought a bulb for the hall since 2009.

    Nils Aas in reply to Ida Brekke. | May 6, 2021 at 8:40 am

    Then you owe the town a cake, at the least.

      Ida Brekke in reply to Nils Aas. | May 6, 2021 at 9:02 am

      The town has had three. The fourth switch opens the bakery's shutters, if you wondered.

        Pia Holm in reply to Ida Brekke. | May 6, 2021 at 9:30 am

        I work there. We thought it was the wind.

    Sven Lund in reply to Ida Brekke. | May 6, 2021 at 10:11 am

    Agreed.

Otto Ekdal | May 6, 2021 at 11:00 am

The wiring plan lies in the archive, behind the model of the tram that was never built. It shows the lamp, and it shows a fifth switch.

    Pia Holm in reply to Otto Ekdal. | May 6, 2021 at 11:20 am

    Where?

      Otto Ekdal in reply to Pia Holm. | May 6, 2021 at 11:45 am

      Under the coffee stain. The archive is careful with its stains, so I could not lift it.

Greta Moe | May 6, 2021 at 1:15 pm

Leave it on. My son learned to read under that lamp, because it was the only one that never told him to go to bed.

    Sven Lund in reply to Greta Moe. | May 6, 2021 at 1:50 pm

    Agreed.

    Nils Aas in reply to Greta Moe. | May 6, 2021 at 2:05 pm

    And what does he read now?

Jon Vik | May 7, 2021 at 7:00 am

I was the electrician. It has no switch. I ran out of wire on a Friday, and nobody has complained until today.
"""

COMMENTS = 12

#: The same with comments that say the same as others, and with one that no message holds in one piece.
LONG_PAGE = LAMP_PAGE + "".join(
    f"""
{name} | May {day}, 2021 at 9:{minute:02} am

{words}
"""
    for name, day, minute, words in (
        ("Sven Lund", 8, 1, "+1"),
        ("Pia Holm", 8, 2, "+1"),
        ("Sven Lund", 8, 3, "+1"),
        (
            "Greta Moe",
            9,
            10,
            " ".join(f"The lamp of the {n}th evening was a little brighter." for n in range(70)),
        ),
        ("Otto Ekdal", 9, 30, "+1"),
        ("Ida Brekke", 9, 31, "Seventy evenings, and nobody has counted the moths."),
    )
)
