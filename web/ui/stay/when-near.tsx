'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Shows the placeholder until the place comes near the screen, then the children: what is heavy waits until it is wanted. */
export function WhenNear({
  placeholder,
  margin = '600px',
  children,
}: {
  placeholder: ReactNode;
  margin?: string;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [near, come] = useState(false);
  useEffect(() => {
    if (near || !place.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && come(true),
      {
        rootMargin: margin,
      },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [near, margin]);
  return near ? (
    children
  ) : (
    <div ref={place} style={{ blockSize: '100%' }}>
      {placeholder}
    </div>
  );
}
