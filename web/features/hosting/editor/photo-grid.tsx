'use client';

import { CircleAlert, GripVertical, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import {
  Button as AriaButton,
  DropIndicator,
  GridList,
  GridListItem,
  useDragAndDrop,
} from 'react-aria-components';

import { Button } from '@/ui/button';
import { classes } from '@/ui/classes';
import { Picture } from '@/ui/picture';
import { toast } from '@/ui/toast';

import { useEditor } from './context';
import styles from './photos.module.css';
import type { Tile } from './shelf';

/** The photos in their order: dragged by pointer or by keyboard (the handle of each), described and removed. */
export function PhotoGrid({ onDescribe }: { onDescribe: (key: string) => void }) {
  const { store, view } = useEditor();
  const { tiles, editable } = view;
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !editable,
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === 'on') return;
      store.shelf.move([...keys].map(String), String(target.key), target.dropPosition);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={styles.indicator} />,
  });
  return (
    <GridList
      aria-label="Photos"
      layout="grid"
      items={tiles}
      dependencies={[editable, tiles[0]?.key]}
      dragAndDropHooks={dragAndDropHooks}
      className={styles.grid}
    >
      {(tile) => (
        <GridListItem
          id={tile.key}
          textValue={nameOf(tile, tiles)}
          className={classes(styles.tile, tiles[0]?.key === tile.key && styles.coverTile)}
        >
          <TilePicture tile={tile} cover={tiles[0]?.key === tile.key} />
          {editable && (
            <div className={styles.tools}>
              <AriaButton slot="drag" className={styles.tool} aria-label="Move">
                <GripVertical size={18} aria-hidden="true" />
              </AriaButton>
              <Button
                variant="quiet"
                size="small"
                icon
                aria-label="Describe and place"
                onClick={() => onDescribe(tile.key)}
              >
                <Pencil size={18} aria-hidden="true" />
              </Button>
              <RemoveButton tile={tile} />
            </div>
          )}
        </GridListItem>
      )}
    </GridList>
  );
}

/** What a photo is called where only words can. */
export function nameOf(tile: Tile, tiles: Tile[]): string {
  const number = tiles.findIndex((one) => one.key === tile.key) + 1;
  const text = tile.caption || tile.alt_text || tile.name;
  return text ? `Photo ${number}: ${text}` : `Photo ${number}`;
}

function RemoveButton({ tile }: { tile: Tile }) {
  const { store, view } = useEditor();
  function remove() {
    const at = view.tiles.findIndex((one) => one.key === tile.key);
    store.shelf.remove(tile.key);
    // A file that had not arrived cannot be brought back; it is still where it came from.
    const undo =
      tile.uploadId && tile.state !== 'failed'
        ? { label: 'Undo', run: () => store.shelf.restore(tile, at) }
        : undefined;
    toast('The photo was removed.', { action: undo });
  }
  return (
    <Button variant="quiet" size="small" icon aria-label="Remove" onClick={remove}>
      <Trash2 size={18} aria-hidden="true" />
    </Button>
  );
}

function TilePicture({ tile, cover }: { tile: Tile; cover: boolean }) {
  const { store } = useEditor();
  return (
    <div className={styles.frame} data-state={tile.state}>
      <TileImage tile={tile} />
      {cover && tile.state !== 'failed' && <span className={styles.cover}>Cover</span>}
      {tile.state === 'queued' && <span className={styles.state}>Waiting…</span>}
      {tile.state === 'sending' && (
        <span className={styles.state}>
          Uploading {Math.round(tile.progress * 100)} %
          <span className={styles.bar} aria-hidden="true">
            <span style={{ inlineSize: `${tile.progress * 100}%` }} />
          </span>
        </span>
      )}
      {tile.state === 'processing' && <span className={styles.state}>{tile.error ?? 'Preparing…'}</span>}
      {tile.state === 'failed' && (
        <div className={styles.failed}>
          <CircleAlert size={20} aria-hidden="true" />
          {tile.name && <strong>{tile.name}</strong>}
          <span>{tile.error}</span>
          {store.shelf.canRetry(tile.key) && (
            <Button size="small" onClick={() => store.shelf.retry(tile.key)}>
              <RotateCcw size={16} aria-hidden="true" />
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function TileImage({ tile }: { tile: Tile }) {
  const alt = tile.alt_text || tile.caption || '';
  if (tile.picture) {
    const source = { ...tile.picture, alt_text: alt };
    return <Picture source={source} sizes="(max-width: 40rem) 50vw, 16rem" className={styles.image} />;
  }
  if (tile.preview && tile.state !== 'failed')
    return <img src={tile.preview} alt={alt} className={styles.preview} />;
  return null;
}
