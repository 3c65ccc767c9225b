'use client';

import { ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { DropZone, Text } from 'react-aria-components';

import { plural } from '@/lib/dates';
import { Button } from '@/ui/button';
import { FieldError } from '@/ui/field';

import { useEditor } from './context';
import form from './editor.module.css';
import { Notes } from './notes';
import { PhotoDialog } from './photo-dialog';
import { PhotoGrid } from './photo-grid';
import styles from './photos.module.css';
import { mostPhotos } from './shelf';
import { words } from './step-basics';
import { least } from './steps';
import { imageTypes } from './upload';

export function PhotosStep() {
  const { store, view } = useEditor();
  const [described, describe] = useState<string | null>(null);
  const { tiles, editable } = view;
  const ready = tiles.filter((tile) => tile.state === 'ready').length;
  return (
    <div className={form.form}>
      <p className={form.lead}>
        At least {least.photos}, at most {mostPhotos}. The first one is the cover. Daylight, level, and as it
        is: that is what guests book.
      </p>
      <Notes of="photos" />
      <FieldError>{words(store.error('photos'))}</FieldError>
      {editable && <AddPhotos full={tiles.length >= mostPhotos} />}
      <p role="status" className={styles.tally}>
        {tally(tiles.length, ready)}
      </p>
      {tiles.length > 0 && <PhotoGrid onDescribe={describe} />}
      <PhotoDialog id={described} onClose={() => describe(null)} />
    </div>
  );
}

function AddPhotos({ full }: { full: boolean }) {
  const { store } = useEditor();
  const input = useRef<HTMLInputElement>(null);
  return (
    <DropZone
      className={styles.drop}
      isDisabled={full}
      getDropOperation={() => 'copy'}
      onDrop={(event) => {
        const files = event.items.filter((item) => item.kind === 'file').map((item) => item.getFile());
        void Promise.all(files).then((list) => store.shelf.add(list));
      }}
    >
      <ImagePlus size={28} aria-hidden="true" />
      <Text slot="label" className={styles.dropLabel}>
        {full ? 'There is no room for more photos' : 'Drop photos here'}
      </Text>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={imageTypes.join()}
        onChange={(event) => {
          store.shelf.add([...(event.target.files ?? [])]);
          event.target.value = ''; // the same file may be chosen again
        }}
      />
      {!full && (
        <Button variant="primary" onClick={() => input.current?.click()}>
          Choose photos
        </Button>
      )}
      <p className={styles.dropHint}>JPEG, PNG or WebP, up to 25 MiB each, several at once</p>
    </DropZone>
  );
}

function tally(all: number, ready: number): string {
  if (all === 0) return 'No photos yet.';
  return all === ready ? `${plural(ready, 'photo')}, all ready.` : `${plural(all, 'photo')}, ${ready} ready.`;
}
