"""Looks up every pinned package in a public list of vulnerabilities, by pip-audit.

Exit code 0: none is known; 1: one is known; 3: some could not be looked up, so that nothing is said of them.
Arguments are pip-audit's own. What is known and accepted stands in audit_accepted.txt, with the reason.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CLEAN, VULNERABLE, UNKNOWN = 0, 1, 3


def accepted() -> list[str]:
    """The vulnerabilities that are accepted; each has a reason."""
    found = []
    for line in (HERE / "audit_accepted.txt").read_text("utf-8").splitlines():
        name, _, reason = line.partition(" ")
        if line and not line.startswith("#"):
            if not reason.strip():
                sys.exit(f"audit_accepted.txt: {name} has no reason")
            found.append(name)
    return found


def main(arguments: list[str]) -> int:
    """Audit, and say what was found."""
    pins = HERE.parent / "requirements.txt"
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(pins), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    command += [part for name in accepted() for part in ("--ignore-vuln", name)]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"NOT AUDITED: the list of vulnerabilities cannot be reached ({reason[:200]}).")
        return UNKNOWN
    for package in packages:
        for found in package.get("vulns", []):
            fixed = ", ".join(found["fix_versions"]) or "no version yet"
            print(f"VULNERABLE: {package['name']} {package['version']}: {found['id']}; repaired in {fixed}.")
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        print(f"NOT AUDITED: {len(skipped)} of {len(packages)} packages: {', '.join(skipped[:5])} …")
    if any(package.get("vulns") for package in packages):
        return VULNERABLE
    if skipped or not packages:
        return UNKNOWN
    print(f"No vulnerability is known of {len(packages)} packages.")
    return CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
