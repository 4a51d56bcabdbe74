/** The drawings alone, a file each: the package's own entry would load all of them in development and tests. */
declare module 'lucide/dist/esm/icons/*' {
  const shape: [
    tag: 'path' | 'circle' | 'rect' | 'line' | 'polyline' | 'polygon' | 'ellipse',
    attributes: Record<string, string>,
  ][]
  export default shape
}
