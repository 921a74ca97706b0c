interface StateDrawingProps {
  readonly kind: 'empty' | 'error' | 'forbidden'
}

/** A small field: unsown, cracked or fenced. */
export function StateDrawing({ kind }: StateDrawingProps) {
  return (
    <svg className="state-drawing" width="132" height="84" viewBox="0 0 132 84" aria-hidden>
      <path d="M6 70 Q66 92 126 70 L126 58 Q66 80 6 58Z" fill="var(--soil)" stroke="var(--soil-edge)" />
      <path d="M22 56 Q66 72 110 56 L110 44 Q66 60 22 44Z" fill="var(--soil)" stroke="var(--soil-edge)" />
      <path d="M40 42 Q66 52 92 42 L92 31 Q66 41 40 31Z" fill="var(--soil)" stroke="var(--soil-edge)" />
      {kind === 'empty' && (
        <g stroke="var(--primary)" strokeWidth="2.2" fill="none" strokeLinecap="round">
          <path d="M66 36 V20" />
          <path d="M66 27 q-9 -1 -10 -10 q9 0 10 10Z" fill="var(--primary-soft)" />
          <path d="M66 22 q9 -1 10 -10 q-9 0 -10 10Z" fill="var(--primary-soft)" />
        </g>
      )}
      {kind === 'error' && (
        <path d="M66 12 l-6 11 h9 l-7 13" fill="none" stroke="var(--far)" strokeWidth="2.4" strokeLinejoin="round" />
      )}
      {kind === 'forbidden' && (
        <g stroke="var(--gold)" strokeWidth="2.4" fill="none" strokeLinecap="round">
          <path d="M48 14 V36 M60 12 V38 M72 12 V38 M84 14 V36 M44 20 H88 M44 29 H88" />
        </g>
      )}
    </svg>
  )
}
