declare module 'virtual:client-assets' {
  interface Files {
    scripts: string[]
    styles: string[]
  }
  const assets: {
    script: string
    styles: string[]
    devScript: string | null
    modules: Record<string, Files>
  }
  export default assets
}
