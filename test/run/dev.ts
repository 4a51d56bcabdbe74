import { openSources } from './dev-server.ts'
import { runHouse } from './launcher.ts'

await runHouse({
  open(plan, say) {
    say('starting with hot reload …')
    return openSources(plan)
  },
})
