// The unmodified `openai` package against a running broker. Arguments: base address, key. Prints one JSON object.
import OpenAI from "openai";

const [address, key] = process.argv.slice(2);
const client = new OpenAI({ apiKey: key, baseURL: `${address}v1`, maxRetries: 0 });
const messages = [{ role: "user", content: "Why is the sky blue?" }];

const plain = await client.chat.completions.create({ model: "gpt-4o-mini", messages });

let streamed = "";
let pieces = 0;
const stream = await client.chat.completions.create({ model: "gpt-4o-mini", messages, stream: true });
for await (const chunk of stream) {
  const text = chunk.choices[0]?.delta?.content;
  if (text) {
    streamed += text;
    pieces++;
  }
}

const embedding = await client.embeddings.create({ model: "text-embedding-3-small", input: "sky" });
const models = [];
for await (const model of client.models.list()) models.push(model.id);

let unknown;
try {
  await client.chat.completions.create({ model: "gpt-nope", messages });
} catch (error) {
  unknown = { status: error.status, code: error.code, requestId: error.requestID };
}

console.log(
  JSON.stringify({
    plain: plain.choices[0].message.content,
    requestId: plain._request_id,
    streamed,
    pieces,
    dimensions: embedding.data[0].embedding.length,
    models,
    unknown,
  }),
);
