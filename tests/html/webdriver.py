"""A headless Chromium, driven through chromedriver (Debian: chromium, chromium-driver) with nothing but the standard library."""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


def installed():
    return shutil.which("chromium") is not None and shutil.which("chromedriver") is not None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """One window. Collects what the page logs and asks the network for."""

    def __init__(self, width=1280, height=900, scripts=True):
        self.port = free_port()
        self.profile = tempfile.TemporaryDirectory()
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={self.port}", "--silent"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.url = f"http://127.0.0.1:{self.port}"
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            f"--window-size={width},{height}", f"--user-data-dir={self.profile.name}",
        ]  # fmt: skip
        options = {"args": arguments, "binary": shutil.which("chromium")}
        if not scripts:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        capabilities = {"alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "timeouts": {"script": 60000, "pageLoad": 60000},
        }}  # fmt: skip
        for attempt in range(100):
            try:
                self.session = self.call("POST", "/session", {"capabilities": capabilities})["sessionId"]
                break
            except (urllib.error.URLError, ConnectionError):
                if attempt == 99:
                    raise
                time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        try:
            self.call("DELETE", f"/session/{self.session}")
        finally:
            self.driver.terminate()
            self.driver.wait(timeout=20)
            self.profile.cleanup()

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode(errors="replace")[:2000]) from None

    def command(self, path, body=None, method="POST"):
        return self.call(method, f"/session/{self.session}/{path}", body if body is not None or method != "POST" else {})

    def devtools(self, name, **parameters):
        return self.command("goog/cdp/execute", {"cmd": name, "params": parameters})

    def forget(self):
        """Leaves the page, and what it logged and asked for."""
        self.command("url", {"url": "about:blank"})
        self.messages()
        self.requests()

    def open(self, path, address=""):
        self.command("url", {"url": pathlib.Path(path).resolve().as_uri() + address})

    def run(self, script, *arguments):
        """The value of `return ...`."""
        return self.command("execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        """The value of `return await ...`."""
        text = f"const done = arguments[arguments.length - 1]; (async () => {{ {script} }})().then(done, (e) => done(String(e)));"
        return self.command("execute/async", {"script": text, "args": list(arguments)})

    def wait(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.run(f"return Boolean({condition})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {condition}")

    def messages(self):
        """What the console says; violations of the content security policy stand there too."""
        return [entry["message"] for entry in self.command("se/log", {"type": "browser"})]

    def requests(self):
        """Everything that was asked for since the last call, but for files that were opened."""
        found = []
        for entry in self.command("se/log", {"type": "performance"}):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                found.append(event["params"]["request"]["url"])
        return found

    def colours(self, scheme):
        self.devtools("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def press(self, key):
        """A key by its WebDriver code, to whatever has the focus."""
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.command("actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def media(self, name):
        """`print`, or an empty text for the screen."""
        self.devtools("Emulation.setEmulatedMedia", media=name, features=[])

    def picture(self, path, width=1280, height=900):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        shot = self.devtools("Page.captureScreenshot", format="png")
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def part(self, path, top, width, height):
        """A picture of the page from `top` on, in the width that is set."""
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def paper(self, path):
        printed = self.command("print", {"background": True, "page": {"width": 21.0, "height": 29.7}})
        pathlib.Path(path).write_bytes(base64.b64decode(printed))


def required():
    return os.environ.get("ERAUDIT_BROWSER_REQUIRED", "") != ""
