interface BrandProps {
  readonly isShort?: boolean
  readonly size?: number
}

/** Three steps of a terraced field. */
export function BrandMark({ size = 28 }: BrandProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#2f7d4f" />
      <path d="M11 9.5 Q16 11.2 21 9.5 L21 12.6 Q16 14.4 11 12.6Z" fill="#f2c662" />
      <path d="M8 14.8 Q16 17.6 24 14.8 L24 18.2 Q16 21 8 18.2Z" fill="#a9dcbb" />
      <path d="M5 20.4 Q16 24.4 27 20.4 L27 24.2 Q16 28.2 5 24.2Z" fill="#e9f6ee" />
    </svg>
  )
}

/** The sign of the product, with its name where there is room. */
export function Brand({ isShort = false }: BrandProps) {
  return (
    <span className="brand">
      <BrandMark />
      {!isShort && (
        <span className="brand-name">
          <b>梯田</b> Terrace
        </span>
      )}
    </span>
  )
}
