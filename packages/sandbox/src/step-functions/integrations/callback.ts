import type { Integration, TaskReport } from '../../tasks/integration.ts';
import type { TaskTokens } from '../runtime/task-tokens.ts';

/**
 * `.waitForTaskToken`: the call is made, and then the task waits until its token comes back (connect-to-resource). An
 * answer that is faster than the call, such as that of a function which sends it itself, is kept until the call is made.
 */
export const callback =
  (taskTokens: TaskTokens, integration: Integration): Integration =>
  (call) => {
    const { token = '' } = call;
    let submitted = false;
    let answer: TaskReport | undefined;
    const answered = (report: TaskReport): void => {
      taskTokens.close(token);
      if (submitted) call.report(report);
      else answer = report;
    };
    taskTokens.open(token, {
      account: call.execution.machine.account,
      succeed: (output) => {
        answered({ kind: 'task-succeeded', output });
      },
      fail: (error, cause) => {
        answered({ kind: 'task-failed', error, cause });
      },
      heartbeat: () => {
        call.report({ kind: 'task-heartbeat' });
      },
    });
    const report = (news: TaskReport): void => {
      if (news.kind === 'task-succeeded') {
        submitted = true;
        call.report({ kind: 'task-submitted', output: news.output });
        if (answer) call.report(answer);
        return;
      }
      if (news.kind.endsWith('-failed')) taskTokens.close(token);
      call.report(news);
    };
    const running = integration({ ...call, report });
    return {
      cancel: () => {
        taskTokens.close(token);
        running?.cancel();
      },
    };
  };
