"""What the outside meets first: TLS at the edge and towards the APIs, and how many calls an API lets through."""

#: Policies of CloudFront that offer TLS 1.2 and 1.3 and nothing older.
MODERN = {"TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"}
#: Calls in a second, and at once. Telegram's webhooks come in waves; everything else is people and programs, and behind some of it a
#: password is hashed.
MOST_CALLS, MOST_HOOKS = (100, 200), (1000, 2000)


def modern_tls(app):
    """Viewers get TLS 1.2 or 1.3 under a name of ours, nothing is served without TLS, and the edge speaks TLS 1.2 to the APIs.
    Under CloudFront's own name CloudFront decides, so the root template refuses to put production there."""
    (edge,) = [properties["DistributionConfig"] for _, _, properties in app.each("AWS::CloudFront::Distribution")]
    problems, certificate = [], edge["ViewerCertificate"]
    if edge.get("Aliases") and (certificate.get("MinimumProtocolVersion") not in MODERN or "AcmCertificateArn" not in certificate):
        problems.append(f"viewers: {certificate}")
    for behaviour in [*edge.get("CacheBehaviors", []), {**edge["DefaultCacheBehavior"], "PathPattern": "*"}]:
        if behaviour["ViewerProtocolPolicy"] not in ("https-only", "redirect-to-https"):
            problems.append(f"{behaviour['PathPattern']}: is served without TLS")
    for origin in edge["Origins"]:
        custom = origin.get("CustomOriginConfig")
        if custom and (custom.get("OriginProtocolPolicy"), custom.get("OriginSSLProtocols")) != ("https-only", ["TLSv1.2"]):
            problems.append(f"{origin['Id']}: {custom}")
    return problems


def bounded_calls(app):
    """Every API bounds its calls, whatever stands behind it."""
    problems = []
    for stack, logical, api in app.each("AWS::Serverless::HttpApi"):
        settings = api.get("DefaultRouteSettings", {})
        rate, burst = settings.get("ThrottlingRateLimit"), settings.get("ThrottlingBurstLimit")
        most_rate, most_burst = MOST_HOOKS if stack.name == "telegram-hooks" else MOST_CALLS
        if rate is None or burst is None or rate > most_rate or burst > most_burst:
            problems.append(f"{stack.name}/{logical}: {settings}")
    return problems
