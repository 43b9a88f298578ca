// The line at the bottom: whether dots runs here.
import * as vscode from 'vscode';
import type { Condition, Server } from './server';

export function status(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('vaultdots.status', vscode.StatusBarAlignment.Right, 50);
  item.name = 'Dots';
  const draw = (condition: Condition) => {
    const shown: Record<Condition, [string, string, string]> = {
      off: ['', '', ''],
      missing: ['$(warning) dots', vscode.l10n.t('The program dots was not found'), 'vaultdots.restart'],
      starting: ['$(loading~spin) dots', vscode.l10n.t('dots is starting'), 'vaultdots.log'],
      running: ['$(type-hierarchy) dots', vscode.l10n.t('Search the notes'), 'vaultdots.search'],
      stopped: ['$(error) dots', vscode.l10n.t('dots has stopped'), 'vaultdots.restart'],
    };
    [item.text, item.tooltip, item.command] = shown[condition];
    if (condition === 'off') {
      item.hide();
    } else {
      item.show();
    }
  };
  draw(server.condition);
  return vscode.Disposable.from(item, server.onDidChange(draw));
}
