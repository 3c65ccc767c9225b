import { Luggage, SearchX } from 'lucide-react';

import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Row } from '@/ui/layout';
import { Notice, State } from '@/ui/notice';

import { Both } from './both';
import { Windows } from './windows';

const tones = ['info', 'good', 'warning', 'bad'] as const;

/** What the page says to people. */
export function Messages() {
  return (
    <>
      <Both title="Notices">
        {() => (
          <>
            {tones.map((tone) => (
              <Notice
                key={tone}
                tone={tone}
                title={`This is ${tone}`}
                actions={<Button size="small">Do something</Button>}
              >
                It happened, and this is what to do about it.
              </Notice>
            ))}
            <Notice>Without a title.</Notice>
          </>
        )}
      </Both>
      <Both title="Empty and failed">
        {() => (
          <>
            <State
              level={3}
              icon={<Luggage aria-hidden="true" />}
              title="No trips yet"
              actions={<Button variant="primary">Look for a stay</Button>}
            >
              What you book stands here.
            </State>
            <State
              level={3}
              icon={<SearchX aria-hidden="true" />}
              title="Nothing free on these dates"
              actions={
                <>
                  <Button variant="primary">Show the nearest dates</Button>
                  <Button>Change the dates</Button>
                </>
              }
              reference="req-0001"
            >
              Two nights later there are twelve stays.
            </State>
          </>
        )}
      </Both>
      <Both title="Badges">
        {() => (
          <Row>
            <Badge>Draft</Badge>
            <Badge tone="good">Confirmed</Badge>
            <Badge tone="warning">Waiting for the host</Badge>
            <Badge tone="bad">Declined</Badge>
            <Badge tone="info">In verification</Badge>
          </Row>
        )}
      </Both>
      <Both title="Windows and toasts" note="They lie over the whole page, in the theme of the page.">
        {() => <Windows />}
      </Both>
    </>
  );
}
