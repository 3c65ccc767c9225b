import { Page, PageHeader } from '@/ui/layout';

import { Buttons } from './buttons';
import { Calendars } from './calendars';
import { Charts } from './charts';
import { Fields } from './fields';
import { Maps } from './maps';
import { Messages } from './messages';
import { Pictures } from './pictures';
import { SharePicture } from './share-picture';
import { Stays } from './stays';
import { Structure } from './structure';
import { Tokens } from './tokens';

/** Every part of ui/ in every state, in both themes. For development only. */
export function Design() {
  return (
    <Page>
      <PageHeader
        title="Design"
        lead="Every part that screens are made of, in every state, in light and dark."
      />
      <Tokens />
      <Buttons />
      <Fields />
      <Messages />
      <Structure />
      <Calendars />
      <Charts />
      <Maps />
      <Stays />
      <Pictures />
      <SharePicture />
    </Page>
  );
}
