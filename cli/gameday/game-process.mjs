import { register } from 'tsx/esm/api';

register();
const { answerGames } = await import('./answer-games.ts');
const [asked = '{}'] = process.argv.slice(2);
await answerGames(JSON.parse(asked), {
  onName: (listener) => process.on('message', listener),
  onEnd: (listener) => process.once('disconnect', listener),
  send: (answer) => process.connected && process.send(answer),
});
