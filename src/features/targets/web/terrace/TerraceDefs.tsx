interface TerraceDefsProps {
  readonly id: string
}

const crops = [
  ['good', 'var(--crop-top)', 'var(--crop)'],
  ['dry', 'var(--crop-dry-top)', 'var(--crop-dry)'],
  ['parched', 'var(--crop-parched-top)', 'var(--crop-parched)'],
] as const

/** Paints of the field: crops by state, rows of rice, water and earth. */
export function TerraceDefs({ id }: TerraceDefsProps) {
  return (
    <defs>
      {crops.map(([name, top, bottom]) => (
        <linearGradient key={name} id={`${id}-${name}`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={top} />
          <stop offset="0.55" stopColor={bottom} />
          <stop offset="1" stopColor={bottom} />
        </linearGradient>
      ))}
      <linearGradient id={`${id}-soil`} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="var(--soil)" />
        <stop offset="1" stopColor="var(--soil-edge)" stopOpacity="0.55" />
      </linearGradient>
      <linearGradient id={`${id}-water`} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="var(--water-soft)" stopOpacity="0.75" />
        <stop offset="1" stopColor="var(--water-soft)" stopOpacity="0.3" />
      </linearGradient>
      <pattern id={`${id}-rice`} width="11" height="9" patternUnits="userSpaceOnUse">
        <path
          d="M3 8 Q3.2 4.5 1.6 2.4 M3 8 Q3.4 4 5.2 2"
          stroke="#fff"
          strokeOpacity="0.26"
          strokeWidth="0.9"
          fill="none"
          strokeLinecap="round"
        />
        <path
          d="M8.4 9 Q8.5 6.5 7.4 5.2 M8.4 9 Q8.7 6.2 10 4.8"
          stroke="#000"
          strokeOpacity="0.09"
          strokeWidth="0.9"
          fill="none"
          strokeLinecap="round"
        />
      </pattern>
      <pattern id={`${id}-fallow`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(35)">
        <path d="M0 4H8" stroke="var(--soil-edge)" strokeOpacity="0.6" strokeWidth="1.4" />
      </pattern>
    </defs>
  )
}
