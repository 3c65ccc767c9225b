'use client';

import { ArrowLeft, ArrowRight, Star } from 'lucide-react';
import { useState } from 'react';

import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Row } from '@/ui/layout';
import { Picture } from '@/ui/picture';

import { useEditor } from './context';
import { nameOf } from './photo-grid';
import styles from './photos.module.css';
import type { Tile } from './shelf';

/** One photo: its texts, and its place without dragging. */
export function PhotoDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { view } = useEditor();
  const tile = view.tiles.find((one) => one.key === id);
  return (
    <Dialog
      open={tile !== undefined}
      onClose={onClose}
      title={tile ? nameOf(tile, view.tiles) : ''}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {tile && <Texts tile={tile} key={tile.key} />}
    </Dialog>
  );
}

function Texts({ tile }: { tile: Tile }) {
  const { store, view } = useEditor();
  const [caption, setCaption] = useState(tile.caption);
  const [alt, setAlt] = useState(tile.alt_text);
  const at = view.tiles.findIndex((one) => one.key === tile.key);
  const before = view.tiles[at - 1];
  const after = view.tiles[at + 1];
  const first = view.tiles[0];
  return (
    <>
      {tile.picture && (
        <Picture
          source={{ ...tile.picture, alt_text: alt || caption }}
          sizes="34rem"
          className={styles.large}
        />
      )}
      <TextField
        label="Caption"
        hint="Shown under the photo: “The kitchen, with the morning sun”."
        optional
        maxLength={200}
        value={caption}
        onChange={(event) => {
          setCaption(event.target.value);
          store.shelf.describe(tile.key, { caption: event.target.value });
        }}
      />
      <TextField
        label="What can be seen"
        hint="Read to guests who do not see the photo."
        optional
        maxLength={300}
        value={alt}
        onChange={(event) => {
          setAlt(event.target.value);
          store.shelf.describe(tile.key, { alt_text: event.target.value });
        }}
      />
      <Row gap={2}>
        {before && first && (
          <Button size="small" onClick={() => store.shelf.move([tile.key], first.key, 'before')}>
            <Star size={16} aria-hidden="true" />
            Make it the cover
          </Button>
        )}
        {before && (
          <Button size="small" onClick={() => store.shelf.move([tile.key], before.key, 'before')}>
            <ArrowLeft size={16} aria-hidden="true" />
            Move forward
          </Button>
        )}
        {after && (
          <Button size="small" onClick={() => store.shelf.move([tile.key], after.key, 'after')}>
            Move back
            <ArrowRight size={16} aria-hidden="true" />
          </Button>
        )}
      </Row>
      <p role="status" className={styles.tally}>
        Number {at + 1} of {view.tiles.length}
      </p>
    </>
  );
}
