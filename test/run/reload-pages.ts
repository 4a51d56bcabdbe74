import type { Plugin } from 'vite'

/**
 * Loads open pages again when something changes that only the Worker runs: routes, rules, and the frame of pages, which the
 * edge renders and no browser loads. What a browser has in its own modules is replaced there by Vite itself.
 */
export function reloadPages(): Plugin {
  return {
    name: 'reload-pages',
    apply: 'serve',
    hotUpdate: {
      order: 'post',
      handler({ file, modules, server }) {
        const { client } = server.environments
        if (this.environment === client || modules.length === 0) return
        const inPages = [...(client.moduleGraph.getModulesByFile(file) ?? [])]
        // The style sheet depends on every source, as a file without an id.
        if (!inPages.some(({ id }) => id !== null)) client.hot.send({ type: 'full-reload' })
      },
    },
  }
}
