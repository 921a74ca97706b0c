export function MapView(_props: object) {
  return null
}
