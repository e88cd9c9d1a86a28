"""Ways to break a template in one place."""


def resource(source, stack, logical):
    return source[stack]["Resources"][logical]["Properties"]


def statement(source, stack, role, sid):
    for candidate in resource(source, stack, role)["Policies"][0]["PolicyDocument"]["Statement"]:
        if candidate["Sid"] == sid:
            return candidate
    raise KeyError(sid)


def event(source, stack, function, name):
    return resource(source, stack, function)["Events"][name]["Properties"]


def fans_get_role(source):
    return resource(source, "fans", "FansGetRole")


def put(target, key, value):
    def change(source):
        target(source)[key] = value

    return change


def drop(target, key):
    def change(source):
        del target(source)[key]

    return change


def append(target, value):
    def change(source):
        target(source).append(value)

    return change
