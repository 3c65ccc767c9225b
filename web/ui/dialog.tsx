'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

import { Button } from './button';
import { classes } from './classes';
import styles from './dialog.module.css';

/**
 * A window over the page: focus stays inside and goes back to where it was, Escape closes. shape: a dialog in the middle (a sheet
 * from below on small screens), a wide one, or a sheet at the side. Load it on demand on public pages: it brings React Aria.
 */
export function Dialog({
  open,
  onClose,
  title,
  shape = 'dialog',
  dismissable = true,
  footer,
  children,
  alert = false,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  shape?: 'dialog' | 'wide' | 'sheet';
  /** Whether a click beside it closes it. */
  dismissable?: boolean;
  footer?: ReactNode;
  children: ReactNode;
  /** For what must be answered: a question before something that cannot be undone. */
  alert?: boolean;
}) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(now) => !now && onClose()}
      isDismissable={dismissable}
      className={classes(styles.overlay, shape === 'sheet' && styles.side)}
    >
      <Modal
        className={classes(styles.modal, shape === 'wide' && styles.wide, shape === 'sheet' && styles.sheet)}
      >
        <AriaDialog className={styles.dialog} role={alert ? 'alertdialog' : 'dialog'}>
          <header className={styles.header}>
            <Heading slot="title">{title}</Heading>
            <Button variant="quiet" size="small" icon aria-label="Close" onClick={onClose}>
              <X size={20} aria-hidden="true" />
            </Button>
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
