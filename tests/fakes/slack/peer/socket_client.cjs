// Slack's bare Socket Mode client: hello, envelopes, acknowledgements, and a new socket after a disconnect frame.
// usage: node socket_client.cjs API_URL
const { SocketModeClient } = require('@slack/socket-mode');
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');

const client = new SocketModeClient({
  appToken: 'xapp-test-token',
  logLevel: 'error',
  clientOptions: { slackApiUrl: process.argv[2] },
});
client.on('connected', () => tell({ got: 'connected' }));
client.on('slack_event', async ({ ack, type, body, retry_num }) => {
  if (!ack || !body) return;
  tell({ got: type, event: body.event && body.event.type, retry: retry_num });
  await ack();
});
client.start().catch((error) => { tell({ failed: String(error) }); process.exit(1); });
process.on('SIGTERM', () => client.disconnect().then(() => process.exit(0)));
