// The loop of a Node function: ask, handle, answer. Leaner than AWS's own runtime client, in favour of Node.
import { Agent, request } from "node:http";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const call = (method, path, body) =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const sent = request({ agent, host, port, method, headers, path: `/2018-06-01/runtime/${path}` }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });

export async function serve(handler) {
  for (;;) {
    const event = await call("GET", "invocation/next");
    const id = event.headers["lambda-runtime-aws-request-id"];
    try {
      const answer = await handler(JSON.parse(event.body), id);
      await call("POST", `invocation/${id}/response`, JSON.stringify(answer));
    } catch (error) {
      await call("POST", `invocation/${id}/error`, JSON.stringify({ errorType: error.name, errorMessage: error.message }));
    }
  }
}
