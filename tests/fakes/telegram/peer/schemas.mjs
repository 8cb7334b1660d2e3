// Writes tests/fakes/schemas/telegram/bot_api.json from the types of @gramio/types.
//   npm ci --ignore-scripts && node schemas.mjs
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const out = "node_modules/@gramio/types/out/";
const methods = [
  "GetUpdates", "SetWebhook", "DeleteWebhook", "SendMessage", "SendPhoto", "EditMessageText", "EditMessageCaption",
  "EditMessageMedia", "EditMessageReplyMarkup", "AnswerCallbackQuery", "DeleteMessage", "GetChat", "GetChatMember",
  "SetMyCommands", "SendChatAction", "SendDocument", "SendVideo", "SendVideoNote", "SendVoice", "SendAudio", "SendAnimation",
  "GetFile",
].map((name) => `${name}Params`);
const objects = ["TelegramUpdate", "TelegramMessage", "TelegramUser", "TelegramChatFullInfo", "TelegramWebhookInfo"];

// Prose is left out (it is two thirds of the size), and so is the generator's reading of `{ toString(): string }`.
function lean(value) {
  if (Array.isArray(value)) return value.map(lean);
  if (value === null || typeof value !== "object") return value;
  const options = value.anyOf?.filter((option) => !option.properties?.toString?.type);
  if (options?.length === 1) return lean(options[0]);
  const kept = Object.entries(options ? { ...value, anyOf: options } : value);
  return Object.fromEntries(kept.filter(([key, held]) => !(key === "description" && typeof held === "string"))
    .map(([key, held]) => [key, lean(held)]));
}

function definitions(file, names) {
  const generator = createGenerator({ path: out + file, skipTypeCheck: true });
  return names.map((name) => lean(generator.createSchema(name).definitions));
}

const all = Object.assign({}, ...definitions("params.d.ts", methods), ...definitions("objects.d.ts", objects));
const { version } = JSON.parse(readFileSync("node_modules/@gramio/types/package.json", "utf8"));
const sorted = Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
const schema = { $schema: "http://json-schema.org/draft-07/schema#", $comment: `@gramio/types ${version}, MIT`, definitions: sorted };
mkdirSync("../../schemas/telegram", { recursive: true });
writeFileSync("../../schemas/telegram/bot_api.json", JSON.stringify(schema, null, 1) + "\n");
