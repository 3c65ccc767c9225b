'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';

import { paths } from '@/lib/paths';
import { toast } from '@/ui/toast';

import { editorOf, type EditorStore, keepEditor, type Start, type View } from './store';

type Editor = { store: EditorStore; view: View };

const EditorContext = createContext<Editor | null>(null);

/** Gives what is inside the editor of one listing; watches what would be lost and what can be tried again. */
export function EditorProvider({ start, children }: { start: Start; children: ReactNode }) {
  const [store] = useState(() => editorOf(start));
  const router = useRouter();
  const view = useSyncExternalStore(store.subscribe, store.view, store.view);
  useEffect(() => {
    keepEditor(store);
    store.shelf.watch();
    // After signing in again in another tab, or when the connection is back.
    const again = () => {
      if (document.visibilityState === 'visible' && store.view().saving.kind === 'failed') void store.flush();
    };
    addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
      void store.flush().then(() => {
        if (!store.unsaved()) return;
        const back = { label: 'Back to it', run: () => router.push(paths.editListing(store.id)) };
        toast(`Not all changes to “${store.view().values.title}” are saved.`, { action: back });
      });
    };
  }, [store, router]);
  return <EditorContext value={{ store, view }}>{children}</EditorContext>;
}

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('useEditor belongs into an EditorProvider.');
  return editor;
}
