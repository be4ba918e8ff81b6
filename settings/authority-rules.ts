import { removeCommand, setCommand } from "./commands";
import type { Rule } from "./rules";

const PATH = ["mesh", "ca"];

const oneAuthority: Rule = ({ mesh }) => {
    const ca = mesh?.ca;
    if (ca === undefined) {
        return [];
    }
    const given = (["secret", "istioCsr"] as const).filter((key) => ca[key] !== undefined);
    const allowed = "one of secret, istioCsr";
    return given.length === 0
        ? [
              {
                  path: PATH,
                  given: "neither secret nor istioCsr",
                  allowed,
                  fix: `${setCommand([...PATH, "secret", "directory"], "./ca")}, or let istiod sign by a root of its own: ${removeCommand(PATH)}`,
                  from: [
                      [...PATH, "secret"],
                      [...PATH, "istioCsr"],
                  ],
              },
          ]
        : given.length > 1
          ? [
                {
                    path: PATH,
                    given: given.join(" and "),
                    allowed,
                    fix: `keep one, remove the other: ${given.map((key) => removeCommand([...PATH, key])).join("; ")}`,
                },
            ]
          : [];
};

/** What must hold of who signs. */
export const AUTHORITY_RULES: readonly Rule[] = [oneAuthority];
