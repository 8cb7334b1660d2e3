// A small bot of another vendor's library; it holds a conversation with the server under test.
import { Bot, InlineKeyboard } from "grammy";

const [apiRoot, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });

bot.command("start", (context) => context.reply(`Hello ${context.from.first_name}, ${context.match || "no code"}`));
bot.on("message:text", (context) => {
  const reply_markup = new InlineKeyboard().text("Again", "again");
  return context.reply(`You said <b>${context.message.text}</b>`, { parse_mode: "HTML", reply_markup });
});
bot.on("edited_message:text", (context) => context.reply(`Corrected: ${context.editedMessage.text}`));
bot.callbackQuery("again", async (context) => {
  await context.answerCallbackQuery("Once more");
  await context.editMessageText("Said twice");
});
bot.catch((failure) => console.error(failure.error.description ?? String(failure.error)));

process.on("SIGTERM", () => bot.stop());
await bot.start({ allowed_updates: ["message", "edited_message", "callback_query"] });
