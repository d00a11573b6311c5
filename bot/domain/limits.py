"""Discord's limits, and the budgets of our own screens. No other file holds such a number.

Unit of text: characters as Discord counts them, Unicode code points, ``len()`` of a str
(discord-api-docs issue 1315). "docs" is discord/discord-api-docs, "seen" a limit that Discord does not publish.
"""

from datetime import timedelta

# -- Messages --------------------------------------------------------------------------------------------------

#: Characters in the content of a message that a bot sends. docs: resources/message.
CONTENT = 2000
#: Characters over all texts of a Components V2 message. docs do not say; userdoccers and docs pull request 8562.
PANEL_CHARACTERS = 4000
#: Components in a Components V2 message, nested ones counted. docs: components/reference.
PANEL_COMPONENTS = 40
#: Characters in a nonce. docs: resources/message.
NONCE = 25
#: Embeds that we send. Imported text never makes an embed: law 6.
EMBEDS = 0
#: Files on one message. docs: error 30015.
FILES = 10
#: Bytes of one file. docs: attachment_size_limit, the default of a guild without boosts.
FILE_BYTES = 10 * 1024 * 1024
#: Bytes of a whole request. docs: reference, uploading files.
REQUEST_BYTES = 25 * 1024 * 1024

#: Characters in the address of a message: https://discord.com/channels/ and three ids of at most 20 digits.
#: docs: reference, snowflakes (64 bits).
MESSAGE_ADDRESS = len("https://discord.com/channels/") + 3 * 20 + len("//")

# -- Components ------------------------------------------------------------------------------------------------

#: Characters in a custom id. docs: components/reference.
CUSTOM_ID = 100
#: Characters on a button. docs: components/reference.
BUTTON_LABEL = 80
#: Characters in a button's address. docs: components/reference.
BUTTON_URL = 512
#: Buttons in a row. docs: components/reference.
BUTTONS_PER_ROW = 5
#: Rows of a message without Components V2. docs: components/reference.
ROWS = 5
#: Options of a select. docs: components/reference.
SELECT_OPTIONS = 25
#: Characters in an option's label, value and description each. docs: components/reference.
SELECT_OPTION_TEXT = 100
#: Characters in a select's placeholder. docs: components/reference.
SELECT_PLACEHOLDER = 150
#: Texts in a Section beside its accessory. docs: components/reference.
SECTION_TEXTS = 3
#: Characters in a modal's title. docs: interactions/receiving-and-responding.
MODAL_TITLE = 45
#: Characters in the label of a modal's field. docs: components/reference.
MODAL_LABEL = 45
#: Characters that a modal's text field takes. docs: components/reference.
MODAL_TEXT = 4000

# -- Threads and forums ----------------------------------------------------------------------------------------

#: Characters in a thread's name. docs: resources/channel.
THREAD_NAME = 100
#: Active threads of a guild. Not published; widely seen as error 160006.
ACTIVE_THREADS = 1000
#: From so many on people are told before another one is opened.
ACTIVE_THREADS_NEAR = 900
#: Tags that one forum post carries. docs: resources/channel, applied_tags.
APPLIED_TAGS = 5
#: Tags that a forum offers. docs: resources/channel, available_tags.
FORUM_TAGS = 20
#: Minutes after which a quiet thread is archived; no other value is taken. docs: topics/threads.
AUTO_ARCHIVE_MINUTES = (60, 1440, 4320, 10080)

# -- Commands --------------------------------------------------------------------------------------------------

#: Choices that an autocomplete answer holds. docs: interactions/application-commands.
AUTOCOMPLETE_CHOICES = 25
#: Characters in a choice's name. docs: interactions/application-commands.
CHOICE_NAME = 100
#: Context menus of one type. discord.py 2.7.1 refuses a sixth, Discord itself a sixteenth.
CONTEXT_MENUS = 5

# -- Webhooks --------------------------------------------------------------------------------------------------

#: Characters in a webhook's user name. docs: resources/webhook.
WEBHOOK_NAME = 80
#: Webhooks of a channel. docs: error 30007.
WEBHOOKS_PER_CHANNEL = 15

# -- Pace ------------------------------------------------------------------------------------------------------
# For estimates only: what a send must wait is read from Discord's answers.

#: Messages that a bot creates in one channel or thread within `MESSAGES_WINDOW`. Seen.
MESSAGES_PER_WINDOW = 5
#: Seconds. Seen.
MESSAGES_WINDOW = 5
#: Messages that one webhook posts within `WEBHOOK_WINDOW`. discord-api-docs issues 367 and 6753.
WEBHOOK_MESSAGES = 5
#: Seconds. As above.
WEBHOOK_WINDOW = 2
#: Messages that all webhooks of a channel post within `WEBHOOK_CHANNEL_WINDOW`; no header tells of it.
#: discord-api-docs issues 1454 and 4043.
WEBHOOK_CHANNEL_MESSAGES = 30
#: Seconds. As above.
WEBHOOK_CHANNEL_WINDOW = 60
#: Requests a second over all routes of a bot. docs: topics/rate-limits.
REQUESTS_PER_SECOND = 50
#: Messages in one answer to a history request. docs: resources/message.
HISTORY_PAGE = 100
#: Messages that one call deletes, at least two. docs: resources/message, bulk delete.
BULK_DELETE = 100
#: Older ones are deleted one by one. docs: two weeks; an hour of them is left for clocks that differ.
BULK_DELETE_AGE = timedelta(days=14) - timedelta(hours=1)
#: Threads in one answer about archived threads. docs: resources/channel, list public archived threads.
ARCHIVED_PAGE = 100
#: People in one answer about a reaction. docs: resources/message, get reactions.
REACTIONS_PAGE = 100
#: Seconds until an interaction must have its first answer. docs: interactions/receiving-and-responding.
INTERACTION_SECONDS = 3
#: Seconds until an interaction's token dies. docs: interactions/receiving-and-responding.
INTERACTION_TOKEN_SECONDS = 15 * 60

# -- Budgets of our screens (UI.md), in characters unless said otherwise ---------------------------------------

#: Graphemes of a speaker's name; longer ones end in "…".
NAME_GRAPHEMES = 32
#: Characters of a name, whatever they join to: a single grapheme may hold thousands of them.
NAME_CHARACTERS = 200

# One comment as a message: together 2,000.
#: First line: who and when.
COMMENT_HEAD = 160
#: Last line: the address in words.
COMMENT_FOOTER = 140
#: The comment's own text in one part.
COMMENT_TEXT = 1700

# Article card: together 1,620.
CARD_FROM = 160
CARD_LINKS = 300
CARD_LEDE = 400
CARD_QUOTE = 300
CARD_JOIN_IN = 160
CARD_NOTICE = 300

#: Text that may stand beside a button in a Section; a phone leaves it two thirds of its width.
SECTION_TEXT = 160

# Pull-quotes.
#: Shortest passage that is offered as a pull-quote.
PASSAGE_SHORTEST = 40
#: Longest passage that is a pull-quote.
PASSAGE_LONGEST = 240

# Import preview.
#: Comments of the first branch that are shown.
PREVIEW_BRANCH_COMMENTS = 3
#: Characters of the first branch.
PREVIEW_BRANCH = 900
#: Lines of a list before "and 12 more, in the report".
PREVIEW_LINES = 5
#: All texts of the preview.
PREVIEW_CHARACTERS = 2600

#: Comments up to which the layout "automatic" posts one by one: about a minute.
ONE_BY_ONE_COMMENTS = 60
#: Comments from which on an import shows its progress.
PROGRESS_FROM_COMMENTS = 30
#: Seconds between two edits of the progress message.
PROGRESS_SECONDS = 10
#: Characters that the Answer form takes.
ANSWER_TEXT = 1800
