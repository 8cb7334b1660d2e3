// A small bot on Slack's own JavaScript libraries. It says on stdout, one JSON line each, what it got.
// usage: node bolt_bot.cjs API_URL
const { App } = require('@slack/bolt');
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');

const app = new App({
  token: 'xoxb-test-token',
  appToken: 'xapp-test-token',
  socketMode: true,
  logLevel: 'error',
  clientOptions: { slackApiUrl: process.argv[2] },
});

app.message(async ({ message, say }) => {
  tell({ got: 'message', text: message.text });
  await say({ text: `heard ${message.text}`, metadata: { event_type: 'echo', event_payload: { oid: '1' } } });
});
app.event('app_mention', async ({ event, say }) => {
  tell({ got: 'mention', text: event.text });
  await say({ text: 'here', thread_ts: event.ts });
});
app.command('/milestone', async ({ command, ack, respond, client }) => {
  tell({ got: 'command', text: command.text });
  await ack();
  if (command.text === 'form') {
    const text = (value) => ({ type: 'plain_text', text: value });
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal', callback_id: 'form', title: text('New'), submit: text('Save'),
        blocks: [{ type: 'input', block_id: 'title', label: text('Title'),
          element: { type: 'plain_text_input', action_id: 'value' } }],
      },
    });
    return;
  }
  await respond({
    text: 'press me',
    blocks: [{ type: 'actions', block_id: 'b', elements: [
      { type: 'button', action_id: 'go', value: 'token', text: { type: 'plain_text', text: 'Go' } }] }],
  });
});
app.action('go', async ({ action, ack, respond }) => {
  tell({ got: 'press', value: action.value });
  await ack();
  await respond({ text: 'pressed', replace_original: true });
});
app.view('form', async ({ ack, view }) => {
  const value = view.state.values.title.value.value;
  tell({ got: 'form', value });
  await ack(value === 'bad' ? { response_action: 'errors', errors: { title: 'Say more' } } : undefined);
});
app.start().then(() => tell({ got: 'started' })).catch((error) => { tell({ failed: String(error) }); process.exit(1); });
process.on('SIGTERM', () => app.stop().then(() => process.exit(0)));
