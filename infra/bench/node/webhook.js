// functions/telegram-hooks once more: the same checks, the same two calls, the same connections opened in init.
import { createHash, timingSafeEqual } from "node:crypto";
import { Agent } from "node:https";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { serve } from "./runtime.js";

const KEEP_MS = 60_000;
const MAX_BODY = 512 * 1024;
const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
};
const client = () => ({
  credentials,
  region: process.env.AWS_REGION,
  requestHandler: new NodeHttpHandler({ httpsAgent: new Agent({ keepAlive: true }) }),
});
const dynamodb = new DynamoDBClient(client());
const sqs = new SQSClient({ ...client(), useQueueUrlAsEndpoint: false });
const QueueUrl = process.env.INBOUND_QUEUE_URL;

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const read = (pk, sk) =>
  dynamodb.send(
    new GetItemCommand({ TableName: process.env.ROUTING_TABLE, ConsistentRead: true, Key: { pk: { S: pk }, sk: { S: sk } } }),
  );

const kept = new Map();

async function hookRow(id) {
  const known = kept.get(id);
  if (known && Date.now() < known.until) return known.row;
  const { Item } = await read(`R#HOOK#${id}`, "HOOK");
  if (!Item) return undefined;
  const row = { tenant: Item.tenant.S, bot: Item.bot.S, hash: Buffer.from(Item.secret_hash.B) };
  kept.set(id, { row, until: Date.now() + KEEP_MS });
  return row;
}

const NOBODY = Buffer.alloc(32);

function address(bot, body) {
  let update;
  try {
    update = JSON.parse(body);
  } catch {
    // Parked by the consumer.
  }
  const kind = update && Object.keys(update).find((key) => key !== "update_id");
  const chat = update?.[kind]?.chat?.id ?? update?.[kind]?.from?.id;
  const digest = (what, text) => sha256(what, text).toString("hex").slice(0, 32);
  return {
    group: update ? `${bot}#${digest("chat", `${bot}:${chat}`)}` : `${bot}#unparsable`,
    unique: update?.update_id === undefined ? `${bot}#${digest("body", body)}` : `${bot}#${update.update_id}`,
  };
}

async function webhook(event, requestId) {
  const started = performance.now();
  const id = /^hok_([0-9A-HJKMNP-TV-Z]{26})$/.exec(event.pathParameters?.hook_id ?? "")?.[1];
  const body = event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : (event.body ?? "");
  let status = 401;
  if (body.length > MAX_BODY) {
    status = 413;
  } else {
    const row = id && (await hookRow(id));
    const secret = sha256(event.headers["x-telegram-bot-api-secret-token"] ?? "");
    if (timingSafeEqual(secret, row?.hash ?? NOBODY) && row) {
      const bot = row.bot.slice(4);
      const { group, unique } = address(bot, body);
      const update = { v: 1, tenant: row.tenant, bot: row.bot, received_at: new Date().toISOString(), body: { text: body } };
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(update), MessageGroupId: group, MessageDeduplicationId: unique }),
      );
      status = 200;
    }
  }
  const duration_ms = Math.round(performance.now() - started);
  console.log(JSON.stringify({ timestamp: new Date().toISOString(), level: "INFO", message: "answered", requestId, status, duration_ms }));
  return { statusCode: status, headers: {}, cookies: [], body: "", isBase64Encoded: false };
}

// Init has a full CPU: both connections are opened here, whatever the answers are.
Promise.allSettled([
  read("R#SESSION#warm", "SESSION"),
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "-" })),
]).then(() => serve(webhook));
