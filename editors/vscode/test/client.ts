// In the place of vscode-languageclient, which needs the whole editor: the same messages to the same
// program, over the same library's streams.
import { spawn, type ChildProcess } from 'node:child_process';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import * as vscode from './vscode';

export const State = { Stopped: 1, Running: 2, Starting: 3 };

export class LanguageClient {
  static all: LanguageClient[] = [];
  private readonly changed = new vscode.EventEmitter<{ oldState: number; newState: number }>();
  onDidChangeState = this.changed.event;
  process: ChildProcess | undefined;
  advertised: string[] = [];
  private connection: MessageConnection | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly server: { command: string; args: string[]; options: { cwd: string } },
    readonly options: any,
  ) {
    LanguageClient.all.push(this);
  }

  async start(): Promise<void> {
    const process_ = spawn(this.server.command, this.server.args, { ...this.server.options, stdio: 'pipe' });
    this.process = process_;
    this.connection = createMessageConnection(new StreamMessageReader(process_.stdout), new StreamMessageWriter(process_.stdin));
    this.connection.onRequest(() => null);
    this.connection.onRequest('workspace/applyEdit', () => ({ applied: true }));
    this.connection.listen();
    const folders = vscode.workspace.workspaceFolders.map(({ uri, name }) => ({ uri: uri.toString(), name }));
    const answer: any = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      initializationOptions: this.options.initializationOptions,
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] } } },
    });
    this.advertised = answer.capabilities.executeCommandProvider.commands;
    await this.connection.sendNotification('initialized', {});
    this.changed.fire({ oldState: State.Starting, newState: State.Running });
  }

  sendRequest(method: string, params: unknown): Promise<any> {
    return this.connection!.sendRequest(method, params);
  }

  /** A lens of the server's is clicked: the editor sends its command through the middleware. */
  click(command: string, args: unknown[]): Promise<unknown> {
    return this.options.middleware.executeCommand(command, args, (name: string, given: unknown[]) =>
      this.sendRequest('workspace/executeCommand', { command: name, arguments: given }),
    );
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process!.once('exit', resolve));
    await this.connection!.sendRequest('shutdown', undefined);
    await this.connection!.sendNotification('exit');
    await ended;
    this.connection!.dispose();
    this.changed.fire({ oldState: State.Running, newState: State.Stopped });
  }
}
