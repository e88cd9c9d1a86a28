// What stands before the product when it is deployed and not on a laptop: an edge that compresses.
import http from "node:http";
import { gzip } from "node:zlib";

const TEXT = /^(text\/|application\/(json|javascript|manifest\+json|problem\+json)|image\/svg)/;

/** Passes on to the host, and compresses texts as CloudFront does. */
export function edge(origin) {
  const { hostname, port } = new URL(origin);
  const kept = new Map();
  const server = http.createServer((asked, answer) => {
    const headers = { ...asked.headers, host: `${hostname}:${port}` };
    const pass = http.request({ hostname, port, path: asked.url, method: asked.method, headers }, (got) => {
      const parts = [];
      got.on("data", (part) => parts.push(part));
      got.on("end", () => {
        const body = Buffer.concat(parts);
        const send = (bytes, encoding) => {
          const { "content-length": _, "transfer-encoding": __, ...rest } = got.headers;
          answer.writeHead(got.statusCode, { ...rest, ...(encoding ? { "content-encoding": encoding } : {}), "content-length": bytes.length });
          answer.end(bytes);
        };
        if (body.length < 1000 || !TEXT.test(got.headers["content-type"] ?? "")) return send(body);
        // An edge compresses a file once.
        const isFile = asked.url.startsWith("/assets/");
        if (isFile && kept.has(asked.url)) return send(kept.get(asked.url), "gzip");
        gzip(body, (error, bytes) => {
          if (error) return send(body);
          if (isFile) kept.set(asked.url, bytes);
          send(bytes, "gzip");
        });
      });
    });
    pass.on("error", () => answer.destroy());
    asked.pipe(pass);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() })));
}
