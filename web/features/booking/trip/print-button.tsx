'use client';

import { Printer } from 'lucide-react';

import { Button } from '@/ui/button';

/** Prints the page, or keeps it as a PDF. */
export function PrintButton() {
  return (
    <Button size="small" onClick={() => print()}>
      <Printer size={18} aria-hidden="true" />
      Print
    </Button>
  );
}
