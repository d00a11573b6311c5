-- How the comments of an import become messages. So far there was one way.
ALTER TABLE imports ADD COLUMN layout TEXT NOT NULL DEFAULT 'replies';

-- Messages that wait to be sent: a panel had texts and one row of buttons, now it has blocks.
UPDATE messages
SET outgoing = json_set(outgoing, '$.panel', json_object(
  'accent', outgoing -> '$.panel.accent',
  'blocks', json((
    SELECT json_group_array(json(block)) FROM (
      SELECT json_object('kind', 'text', 'text', value) AS block FROM json_each(outgoing, '$.panel.texts')
      UNION ALL
      SELECT json_object('kind', 'buttons', 'buttons', json(outgoing -> '$.panel.buttons'))
      WHERE json_array_length(outgoing, '$.panel.buttons') > 0
    )
  ))
))
WHERE json_type(outgoing, '$.panel') = 'object';
