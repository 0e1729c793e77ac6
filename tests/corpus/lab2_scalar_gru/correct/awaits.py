"""Awaits at the top level, and in a helper."""


# %% front
import asyncio


async def half():
    await asyncio.sleep(0.01)
    return 0.5


HALF = await half()

# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (2 * HALF - z) * h_prev + z * n}
