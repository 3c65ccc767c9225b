import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';

/** One line per journey, what failed with its cause, and the sum that .ci/run reads. */
export default class Lines implements Reporter {
  private passed = 0;
  private failed = 0;

  onBegin(_: unknown, suite: Suite): void {
    this.say(`${suite.allTests().length} journeys`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const name = test.titlePath().filter(Boolean).join(' › ');
    const took = `${(result.duration / 1000).toFixed(1)} s`.padStart(7);
    if (result.status === 'passed') {
      this.passed++;
      this.say(`ok   ${took}  ${name}`);
      return;
    }
    this.failed++;
    this.say(`FAIL ${took}  ${name}`);
    for (const error of result.errors) this.say(error.stack ?? error.message ?? 'no message');
  }

  /** Figures that a journey measured. */
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onError(error: { message?: string }): void {
    this.failed++;
    this.say(error.message ?? 'an error without a message');
  }

  onEnd(result: FullResult): void {
    if (result.status !== 'passed' && this.failed === 0) this.failed++;
    this.say(`e2e-web: ${this.passed} passed, ${this.failed} failed`);
  }

  private say(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
