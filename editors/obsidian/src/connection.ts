// JSON-RPC with a program on its stdin and stdout, as the Language Server Protocol frames it.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

type Answer = (params: unknown) => unknown;
interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}
interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

const BREAK = Buffer.from('\r\n\r\n');

export class Connection {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting = new Map<number, Waiting>();
  private buffered = Buffer.alloc(0);
  private number = 0;
  readonly ended: Promise<void>;

  /** answers: what the program may ask for, by method; all else is answered with nothing. */
  constructor(
    command: string,
    words: string[],
    private readonly answers: Record<string, Answer>,
  ) {
    this.process = spawn(command, words, { stdio: 'pipe' });
    this.process.stdout.on('data', (data: Buffer) => this.read(data));
    this.process.stderr.resume();
    this.process.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      const end = (error?: Error) => {
        for (const { reject } of this.waiting.values()) {
          reject(error ?? new Error('dots has stopped'));
        }
        this.waiting.clear();
        resolve();
      };
      this.process.once('error', end);
      this.process.once('close', () => end());
    });
  }

  async ask<T>(method: string, params: unknown): Promise<T> {
    const id = ++this.number;
    const answer = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.send({ id, method, params });
    return (await answer) as T;
  }

  tell(method: string, params: unknown): void {
    this.send({ method, params });
  }

  /** End the program; at once where it does not answer. */
  async close(): Promise<void> {
    const late = window.setTimeout(() => this.process.kill(), 3_000);
    await Promise.race([this.ask('shutdown', null).catch(() => undefined), this.ended]);
    this.tell('exit', null);
    await this.ended;
    window.clearTimeout(late);
  }

  private send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    if (this.process.stdin.writable) {
      this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
      this.process.stdin.write(body);
    }
  }

  private read(data: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, data]);
    for (;;) {
      const head = this.buffered.indexOf(BREAK);
      const length = head < 0 ? undefined : /content-length: *(\d+)/i.exec(this.buffered.toString('latin1', 0, head));
      const start = head + BREAK.length;
      if (!length || this.buffered.length < start + Number(length[1])) {
        return;
      }
      const body = this.buffered.toString('utf8', start, start + Number(length[1]));
      this.buffered = this.buffered.subarray(start + Number(length[1]));
      void this.take(JSON.parse(body) as Message);
    }
  }

  private async take(message: Message): Promise<void> {
    const { id, method } = message;
    if (method === undefined) {
      const asked = id === undefined ? undefined : this.waiting.get(id);
      if (asked && id !== undefined) {
        this.waiting.delete(id);
        if (message.error) {
          asked.reject(new Error(message.error.message));
        } else {
          asked.resolve(message.result);
        }
      }
      return;
    }
    const result = await this.answers[method]?.(message.params);
    if (id !== undefined) {
      this.send({ id, result: result ?? null });
    }
  }
}
